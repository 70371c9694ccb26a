const KEY = 'vidiverse.uploads';
const MOST = 10;

/** An upload that was begun in this browser; picking the same file again continues it. */
export interface UnfinishedUpload {
  /** The uploader. */
  userId: number;
  filename: string;
  /** Bytes. */
  size: number;
  lastModified: number;
  /** Where its chunks go. */
  url: string;
  /** Bytes that were on the server when last heard of. */
  sent: number;
}

type FileMark = Pick<UnfinishedUpload, 'filename' | 'size' | 'lastModified'>;

const isSame = (one: FileMark, other: FileMark) =>
  one.filename === other.filename && one.size === other.size && one.lastModified === other.lastModified;

/** Remembers unfinished uploads across tabs and restarts of the browser. */
export class UnfinishedUploads {
  constructor(private readonly storage: Storage) {}

  of(userId: number): UnfinishedUpload[] {
    return this.read().filter((upload) => upload.userId === userId);
  }

  keep(upload: UnfinishedUpload): void {
    this.write([upload, ...this.read().filter((other) => !isSame(other, upload))].slice(0, MOST));
  }

  forget(file: FileMark): void {
    this.write(this.read().filter((other) => !isSame(other, file)));
  }

  private read(): UnfinishedUpload[] {
    try {
      const value: unknown = JSON.parse(this.storage.getItem(KEY) ?? '[]');
      return Array.isArray(value) ? (value as UnfinishedUpload[]) : [];
    } catch {
      return [];
    }
  }

  private write(uploads: UnfinishedUpload[]): void {
    try {
      this.storage.setItem(KEY, JSON.stringify(uploads));
    } catch {
      // Nothing can be kept here: the server still knows the upload when the same file comes again.
    }
  }
}
