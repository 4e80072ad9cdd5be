// nativeImage: PNG files as they are. Chromium takes no icons from us, so nothing is scaled or drawn.
import { readFileSync } from 'node:fs';

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export class NativeImage {
  readonly #png: Buffer;
  #template = false;

  /** @param png bytes of a PNG file; anything else makes an empty image. */
  constructor(png: Buffer) {
    this.#png = png.subarray(0, 8).equals(pngSignature) ? png : Buffer.alloc(0);
  }

  isEmpty(): boolean {
    return this.#png.length === 0;
  }

  toPNG(): Buffer {
    return this.#png;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`;
  }

  /** Width and height stand at bytes 16 and 20 of a PNG file, in its first chunk (IHDR). */
  getSize(): { width: number; height: number } {
    if (this.#png.length < 24) return { width: 0, height: 0 };
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) };
  }

  /** Nothing draws it, so its own size does. */
  resize(): NativeImage {
    return this;
  }

  setTemplateImage(template: boolean): void {
    this.#template = template;
  }

  isTemplateImage(): boolean {
    return this.#template;
  }
}

export const nativeImage = {
  createEmpty: (): NativeImage => new NativeImage(Buffer.alloc(0)),
  createFromBuffer: (png: Buffer): NativeImage => new NativeImage(png),
  /** Empty where the file cannot be read, as in Electron. */
  createFromPath(file: string): NativeImage {
    try {
      return new NativeImage(readFileSync(file));
    } catch {
      return nativeImage.createEmpty();
    }
  },
  createFromDataURL: (url: string): NativeImage =>
    new NativeImage(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
};
