import "./styles/preview.css";
