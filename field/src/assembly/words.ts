// What the screens of an assembly say. Thai is written first; English stands beside it.

import { language } from "../settings";
import type { Position, Reason } from "./minutes";

const WORDS = {
  assemblies: ["ประชาคมหมู่บ้าน", "Village assemblies"],
  assemblies_text: ["พิจารณาบัญชีทีละรายชื่อ แล้วลงชื่อรับรอง ทำได้แม้ไม่มีสัญญาณ", "Go through a list name by name and sign it, also without a signal."],
  none: ["ยังไม่มีบัญชีที่ต้องพิจารณา", "No list to go through"],
  none_text: ["เจ้าหน้าที่ตั้งบัญชีรายชื่อของหมู่บ้านจากสำนักงาน แล้วจะมาอยู่ที่นี่เมื่อมีสัญญาณ", "The office freezes a list of the village; it comes here when there is a signal."],
  open: ["กำลังพิจารณา", "being discussed"],
  closed: ["รอลงชื่อ", "to be signed"],
  certified: ["รับรองแล้ว", "certified"],
  cancelled: ["ยกเลิกแล้ว", "cancelled"],
  new: ["", ""],
  not_sent: ["ยังไม่ส่ง {n} ขั้น", "{n} steps not sent yet"],
  names_n: ["{n} รายชื่อ", "{n} names"],
  left_n: ["เหลือ {n} รายชื่อ", "{n} names left"],
  all_spoken: ["พิจารณาครบแล้ว", "all spoken of"],
  house: ["บ้านเลขที่ {no}", "house {no}"],
  no_house: ["ไม่มีบ้านเลขที่", "no house number"],
  added: ["เพิ่มในที่ประชุม", "added at the meeting"],
  kept: ["คงไว้", "kept"],
  struck: ["ตัดออก", "struck out"],
  keep: ["คงไว้", "Keep"],
  keep_rest: ["คงไว้ทั้งหมดที่เหลือ", "Keep all the rest"],
  keep_rest_ask: ["คงรายชื่อที่ยังไม่ได้พิจารณาไว้ทั้งหมดหรือไม่", "Keep all names that were not spoken of yet?"],
  put_back: ["นำกลับ", "Put back"],
  strike: ["ตัดออก…", "Strike out…"],
  object: ["คัดค้าน…", "Objection…"],
  why: ["เหตุผล (จะพิมพ์บนเอกสาร)", "Reason (it will stand on the paper)"],
  who: ["ผู้คัดค้าน", "Who objects"],
  said: ["คำคัดค้าน", "What was said"],
  answer: ["ที่ประชุมตอบว่า", "What the meeting answered"],
  write: ["บันทึก", "Write down"],
  add_name: ["เพิ่มรายชื่อ", "Add a name"],
  name: ["คำนำหน้า ชื่อ และนามสกุล", "Title, name and family name"],
  house_no: ["บ้านเลขที่", "House number"],
  found: ["มีในทะเบียน เลือกได้เลย", "Known people: choose one"],
  unknown: ["เพิ่มเป็นชื่อใหม่", "Add as a new name"],
  present: ["ผู้เข้าประชุม", "Who was there"],
  person: ["ชื่อ", "Name"],
  position: ["ตำแหน่ง", "Position"],
  villager: ["ชาวบ้าน", "villager"],
  in_all: ["ผู้เข้าร่วมทั้งหมด (คน)", "How many people in all"],
  people_n: ["รวมทั้งหมด {n} คน", "{n} people in all"],
  minutes: ["บันทึกการประชุม", "Minutes"],
  agreed: ["สิ่งที่พิจารณาและตกลง", "What was said and agreed"],
  photos: ["ภาพถ่าย", "Photos"],
  take_photo: ["ถ่ายภาพการประชุม", "Take a photo"],
  photos_n: ["{n} ภาพ", "{n} photos"],
  no_picture: ["ไฟล์นี้ไม่ใช่ภาพ", "This file is no picture"],
  close: ["ปิดบัญชีเพื่อลงชื่อ", "Close the list for signing"],
  close_ask: ["ปิดบัญชีแล้วจะแก้ไขรายชื่อไม่ได้ ทำได้เพียงลงชื่อ", "Nothing is changed afterwards, signatures are added."],
  sign: ["ลงชื่อ", "Sign"],
  sign_text: ["ยื่นเครื่องให้ผู้ลงชื่อ เขียนในช่องด้วยนิ้ว", "Hand the phone over: sign in the box with a finger."],
  signer: ["ชื่อผู้ลงชื่อ", "Name of the person who signs"],
  again: ["เขียนใหม่", "Again from the start"],
  box: ["ช่องลงลายมือชื่อ", "Box for the signature"],
  by_pin: ["ลงชื่อในนามของฉันด้วยรหัส PIN", "Sign as myself with my PIN"],
  pin: ["รหัส PIN", "PIN"],
  pin_wrong: ["รหัส PIN ไม่ถูกต้อง", "This is not your PIN"],
  still: ["ยังต้องลงชื่อ: {who}", "Still to sign: {who}"],
  signed_all: ["ลงชื่อครบแล้ว", "Everybody has signed"],
  signed_by: ["ลงชื่อแล้ว", "Signed"],
  certify: ["รับรองบัญชี", "Certify"],
  certify_needs: ["การรับรองต้องมีสัญญาณ เพราะต้องบันทึกลงทะเบียน ลายมือชื่อเก็บไว้แล้ว", "Certifying needs a signal, since the registry is told. The signatures are kept."],
  certified_note: ["รับรองแล้ว ทะเบียนแสดงว่าหมู่บ้านรับรองรายชื่อนี้", "Certified: the registry shows the village behind these names."],
  reopen: ["เปิดบัญชีใหม่…", "Open the list again…"],
  reopen_why: ["เหตุผล (ลายมือชื่อที่ลงไว้แล้วจะไม่นับ)", "Reason. Signatures made so far will not count."],
  refused: ["มีโทรศัพท์อีกเครื่องบันทึกไปก่อน ขั้นต่อไปนี้ของเครื่องนี้จึงไม่นับ โปรดบันทึกใหม่หากยังต้องการ", "Another phone went on first, so these steps of this phone do not count. Write them again if you still want them."],
  kept_here: ["บันทึกในเครื่องแล้ว", "Kept on this phone"],
  look_only: ["ท่านดูบัญชีนี้ได้ แต่ผู้อื่นเป็นผู้บันทึกการประชุม", "You can read this list; somebody else keeps the minutes."],
  objections: ["ข้อคัดค้าน", "Objections"],
} as const;

export type AssemblyWord = keyof typeof WORDS;

const REASONS: { [reason in Reason]: readonly [string, string] } = {
  out_of_phase: ["ขั้นนี้ทำไม่ได้ในตอนนี้", "This cannot be done now."],
  missing: ["ข้อมูลไม่ครบ กรอกให้ครบทุกช่อง", "Something is missing. Fill in every field."],
  no_such_row: ["ไม่มีลำดับนี้ในบัญชี", "There is no such number on the list."],
  on_list: ["บุคคลนี้อยู่ในบัญชีแล้ว", "This person is on the list already."],
  unspoken: ["ยังมีรายชื่อที่ไม่ได้พิจารณา คงไว้หรือตัดออกให้ครบทุกชื่อก่อน", "Some names were not spoken of yet. Keep or strike each of them first."],
  unanswered: ["ยังมีข้อคัดค้านที่ไม่ได้บันทึกคำตอบ", "An objection has no answer yet."],
  nobody_there: ["ยังไม่ได้บันทึกผู้เข้าประชุม", "Nobody is written down as present."],
  few_signers: ["ต้องมีผู้ลงชื่ออย่างน้อยสองตำแหน่ง", "At least two people of different positions must sign."],
  signed_already: ["ผู้นี้ลงชื่อไว้แล้ว", "This person has signed already."],
  unsigned: ["ยังลงชื่อไม่ครบ", "Signatures are missing."],
  unknown_step: ["แอปนี้ไม่รู้จักขั้นนี้ โปรดอัปเดต", "This app does not know this step. Update it."],
};

const POSITION_WORDS: { [position in Position]: readonly [string, string] } = {
  headman: ["ผู้ใหญ่บ้าน", "village headman"],
  assistant: ["ผู้ช่วยผู้ใหญ่บ้าน", "assistant village headman"],
  volunteer: ["อสม.", "village health volunteer"],
  council: ["สมาชิกสภา", "council member"],
  officer: ["เจ้าหน้าที่เทศบาล", "officer of the municipality"],
  witness: ["พยาน", "witness"],
};

const chosen = ([th, en]: readonly [string, string]): string => (language() === "en" ? en : th);

export function w(word: AssemblyWord, values: { [name: string]: string | number } = {}): string {
  return chosen(WORDS[word]).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
export const reasonWords = (reason: Reason): string => chosen(REASONS[reason]);
export const positionWords = (position: string): string => (position in POSITION_WORDS ? chosen(POSITION_WORDS[position as Position]) : w("villager"));
