// Brings a file to the hub in pieces, one after the other, as a frame of the wire takes no more at once.
import { useEffect, useRef, useState } from 'react';
import { CommandFailed } from '#shared/wire/command-failed.ts';

/** As the hub's imports take them. */
const pieceBytes = 512 * 1024;
const mostBytes = 200_000_000;

/** The commands of one kind of import. Each may be refused with CommandFailed. */
export interface UploadDoor<I> {
  begin(file: { readonly fileName: string; readonly bytes: number }): Promise<{ readonly id: string }>;
  /** Resolves to the import with the last piece. */
  addPiece(piece: {
    readonly id: string;
    readonly offset: number;
    readonly base64: string;
  }): Promise<I | null>;
  remove(of: { readonly id: string }): Promise<unknown>;
}

export interface Upload<I> {
  /** Resolves to the import, or to null where it was refused or the drawer was closed meanwhile. */
  take(file: File): Promise<I | null>;
  /** Null where nothing is uploaded. */
  readonly progress: { readonly file: string; readonly doneBytes: number; readonly bytes: number } | null;
  /** 'unreadable' and 'emptyFile' are of the file itself; the others are the hub's. */
  readonly refusal: string | null;
}

export function useUpload<I>(door: UploadDoor<I>): Upload<I> {
  const [progress, setProgress] = useState<Upload<I>['progress']>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isClosed = useRef(false);
  useEffect(() => {
    isClosed.current = false;
    return () => {
      isClosed.current = true;
    };
  }, []);
  /** Null: the drawer was closed, and the hub was told to forget the file. */
  const bring = async (file: File): Promise<I | null> => {
    if (file.size === 0) throw new CommandFailed('emptyFile', 'The file holds nothing.');
    if (file.size > mostBytes) throw new CommandFailed('tooLarge', 'The file is too large.');
    const { id } = await door.begin({
      fileName: file.name.trim().slice(-255) || 'import.csv',
      bytes: file.size,
    });
    for (let offset = 0; ; offset += pieceBytes) {
      setProgress({ file: file.name, doneBytes: offset, bytes: file.size });
      const base64 = await inBase64(file.slice(offset, offset + pieceBytes));
      if (isClosed.current) {
        await door.remove({ id });
        return null;
      }
      const made = await door.addPiece({ id, offset, base64 });
      if (made) return made;
    }
  };
  return {
    async take(file) {
      setRefusal(null);
      setProgress({ file: file.name, doneBytes: 0, bytes: file.size });
      try {
        return await bring(file);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        setRefusal(error.reason);
        return null;
      } finally {
        setProgress(null);
      }
    },
    progress,
    refusal,
  };
}

/** @throws CommandFailed 'unreadable' where the file was taken away meanwhile. */
function inBase64(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new CommandFailed('unreadable', 'The file cannot be read.'));
    reader.readAsDataURL(piece);
  });
}
