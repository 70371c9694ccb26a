import { Injectable, Logger } from '@nestjs/common';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Config } from '../config/config.js';
import { MediaAbilities } from '../instance/media-abilities.js';
import { extensionsWithFfmpeg, extensionsWithoutFfmpeg } from './containers.js';

const run = promisify(execFile);
const LOOK_TIMEOUT_MS = 5000;
const OFF = 'none';
const ENCODERS = ['libx264', 'aac'];

/** Which tools are there. Looked for once. */
@Injectable()
export class FfmpegTools extends MediaAbilities {
  private readonly logger = new Logger('Media');
  private found: Promise<string | null> | undefined;

  constructor(private readonly config: Config) {
    super();
  }

  /** ffmpeg's version, or null when it (or ffprobe, or an encoder we need) is missing or switched off. */
  version(): Promise<string | null> {
    this.found ??= this.look();
    return this.found;
  }

  async hasFfmpeg(): Promise<boolean> {
    return (await this.version()) !== null;
  }

  async acceptedExtensions(): Promise<string[]> {
    return (await this.hasFfmpeg()) ? extensionsWithFfmpeg() : extensionsWithoutFfmpeg();
  }

  private async look(): Promise<string | null> {
    const { ffmpegPath, ffprobePath } = this.config.media;
    if (ffmpegPath === OFF) return null;
    try {
      const ask = (file: string, question: string) =>
        run(file, ['-hide_banner', question], { timeout: LOOK_TIMEOUT_MS }).then(({ stdout }) => stdout);
      await ask(ffprobePath, '-version');
      const encoders = await ask(ffmpegPath, '-encoders');
      const missing = ENCODERS.filter((name) => !encoders.includes(` ${name} `));
      if (missing.length > 0) throw new Error(`it lacks ${missing.join(' and ')}`);
      return /version (\S+)/.exec(await ask(ffmpegPath, '-version'))?.[1] ?? 'unknown';
    } catch (error) {
      this.logger.debug(`ffmpeg cannot be used, videos are taken as they are: ${(error as Error).message}`);
      return null;
    }
  }
}
