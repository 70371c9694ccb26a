/** Port: what the server can do with uploads. Answered by `media/`. */
export abstract class MediaAbilities {
  /** Whether ffmpeg was found and is switched on. */
  abstract hasFfmpeg(): Promise<boolean>;
  /** File name endings that can be accepted, such as `.mp4`. */
  abstract acceptedExtensions(): Promise<string[]>;
}
