// A PIN opens one key; that key seals everything this volunteer has on the phone.
//
// PIN → PBKDF2-SHA256 → a key that only wraps → the random AES-256-GCM key of the vault. The vault's key is held in memory
// only, and cannot be read out of it again. docs/field.md says what this protects against and what not.

export const ROUNDS = 600_000; // OWASP's figure for PBKDF2-SHA256 (2023); reviewed 2569-11
type Bytes = Uint8Array<ArrayBuffer>;

/** The vault's key, wrapped under a PIN. Nothing in it is secret. */
export interface Wrapped {
  salt: Bytes;
  iv: Bytes;
  rounds: number;
  key: ArrayBuffer;
}

/** Something sealed under the vault's key. */
export interface Sealed {
  iv: Bytes;
  text: ArrayBuffer;
}

export class WrongPin extends Error {}

const random = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes));
const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

async function wrappingKey(pin: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

async function wrap(key: CryptoKey, pin: string, rounds: number): Promise<Wrapped> {
  const salt = random(16);
  const iv = random(12);
  const wrapped = await crypto.subtle.wrapKey("raw", key, await wrappingKey(pin, salt, rounds), { name: "AES-GCM", iv });
  return { salt, iv, rounds, key: wrapped };
}

async function unwrap(wrapped: Wrapped, pin: string, extractable: boolean): Promise<CryptoKey> {
  const by = await wrappingKey(pin, wrapped.salt, wrapped.rounds);
  const how = { name: "AES-GCM", iv: wrapped.iv };
  try {
    return await crypto.subtle.unwrapKey("raw", wrapped.key, by, how, "AES-GCM", extractable, ["encrypt", "decrypt"]);
  } catch {
    throw new WrongPin();
  }
}

/** Make a new key and wrap it under the PIN. */
export async function makeKey(pin: string, rounds = ROUNDS): Promise<{ wrapped: Wrapped; key: CryptoKey }> {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await wrap(fresh, pin, rounds);
  return { wrapped, key: await openKey(wrapped, pin) };
}

/** The key of the vault, usable and not readable. Throws WrongPin. */
export const openKey = (wrapped: Wrapped, pin: string): Promise<CryptoKey> => unwrap(wrapped, pin, false);

/** The same key under another PIN. Throws WrongPin. */
export async function rewrapKey(wrapped: Wrapped, pin: string, newPin: string): Promise<Wrapped> {
  return wrap(await unwrap(wrapped, pin, true), newPin, wrapped.rounds);
}

/** Seal bytes; `place` is where they will lie, so that one sealed thing cannot be put in the place of another. */
export async function seal(key: CryptoKey, place: string, content: ArrayBuffer | Bytes): Promise<Sealed> {
  const iv = random(12);
  const text = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(place) }, key, content);
  return { iv, text };
}

/** What `seal` was given. Throws where key or place are others, or the bytes were changed. */
export const unseal = (key: CryptoKey, place: string, sealed: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: utf8(place) }, key, sealed.text);

export const sealJson = (key: CryptoKey, place: string, value: unknown): Promise<Sealed> =>
  seal(key, place, utf8(JSON.stringify(value)));

export async function unsealJson<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await unseal(key, place, sealed))) as T;
}
