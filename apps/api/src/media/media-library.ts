import type { Input, InputAudioTrack, InputVideoTrack } from 'mediabunny';

/** A file opened with mediabunny. */
export interface OpenedMedia {
  input: Input;
  /**
   * The first of each kind, as ffmpeg takes them: what one of the two says of a file must hold for what the other makes.
   * `undefined` without one.
   */
  video: InputVideoTrack | undefined;
  audio: InputAudioTrack | undefined;
  close(): void;
}

/** Loaded when first needed: most starts never need it. @throws Error when it cannot be read */
export async function openMedia(path: string): Promise<OpenedMedia> {
  const bunny = await import('mediabunny');
  // It prints about each codec it does not know; what matters of it reaches the owner as the reason of a refusal.
  bunny.Logging.level = bunny.LogLevel.Silent;
  const source = new bunny.FilePathSource(path, { handleUnhandledError: () => undefined });
  const input = new bunny.Input({ source, formats: bunny.ALL_FORMATS });
  try {
    const [video] = await input.getVideoTracks();
    const [audio] = await input.getAudioTracks();
    return { input, video, audio, close: () => input.dispose() };
  } catch (error) {
    input.dispose();
    throw error;
  }
}
