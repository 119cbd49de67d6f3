/** A photo made small enough to send; drawing it anew leaves out all that the camera wrote into the file (place, device). */

const QUALITY = 0.82;
export const LONGEST_SIDE = 1024;

/** A JPEG whose longer side has at most `longest` pixels. Rejects where the file is no picture. */
export async function shrunk(file: Blob, longest: number): Promise<File> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff"; // what was transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob) throw new Error("not encoded");
  return new File([blob], "photo.jpg", { type: "image/jpeg" });
}
