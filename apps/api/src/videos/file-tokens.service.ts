import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Config } from '../config/config.js';
import { SettingsService } from '../instance/settings.service.js';

const KEY_SETTING = 'files.token-key';
const KEY_BYTES = 32;

/** Tickets to the files of one closed video: what the address of a private file carries, since `<video>` sends no headers. */
@Injectable()
export class FileTokens implements OnModuleInit {
  private key: Buffer;

  constructor(
    private readonly config: Config,
    private readonly settings: SettingsService,
  ) {}

  /** The key is the same in all processes, and after a restart: what plays goes on. */
  async onModuleInit(): Promise<void> {
    const key = await this.settings.ensure(KEY_SETTING, randomBytes(KEY_BYTES).toString('base64url'));
    this.key = Buffer.from(key, 'base64url');
  }

  /** A token for all files of a video, good for `webSeed.fileTokenLifetime`. */
  issue(videoUuid: string): string {
    const expires = Math.floor(this.expiry().getTime() / 1000);
    return `${expires}.${this.sign(videoUuid, expires)}`;
  }

  /** When a token that is issued now ends. */
  expiry(): Date {
    return new Date(Date.now() + this.config.webSeed.fileTokenLifetime * 1000);
  }

  verify(token: string, videoUuid: string): boolean {
    const [expires = '', signature = ''] = token.split('.');
    if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1000 < Date.now()) return false;
    const expected = Buffer.from(this.sign(videoUuid, Number(expires)));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private sign(videoUuid: string, expires: number): string {
    return createHmac('sha256', this.key).update(`${videoUuid}\n${expires}`).digest('base64url');
  }
}
