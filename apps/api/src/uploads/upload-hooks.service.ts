import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { HookRegistry, uploadAccepted } from '@vidiverse/hooks';
import type { DataSource } from 'typeorm';
import { type MediaInfo, uploadedMedia } from '../media/media-info.js';
import { assertAllowed } from '../shared/plugin-refusal.js';
import { QuotaService } from '../users/quota.service.js';
import { viewer } from '../users/viewer.js';
import type { ArrivedFile } from './upload-acceptance.js';

/** What plugins say to a file that has arrived whole. */
@Injectable()
export class UploadHooks {
  constructor(
    private readonly registry: HookRegistry,
    private readonly quotas: QuotaService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** @throws PluginRefusalError, and TooLargeError for what does not fit the quota: plugins are not asked about that */
  async assertWelcome({ user, attributes, name: id, size }: ArrivedFile, info: MediaInfo): Promise<void> {
    if (!this.registry.hasHandlers(uploadAccepted)) return;
    await this.dataSource.transaction((manager) =>
      this.quotas.assertFits(user, size, manager, { exceptSession: id }),
    );
    const { channelId, name, description, tags, category, language, privacy, nsfw } = attributes;
    const subject = {
      uploader: viewer(user),
      channelId,
      name,
      description,
      tags: [...tags],
      category,
      language,
      privacy,
      nsfw,
      size,
      media: uploadedMedia(info),
    };
    assertAllowed(await this.registry.guard(uploadAccepted, subject));
  }
}
