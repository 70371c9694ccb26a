import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey, index, timestamps } from './table-builder.js';

/** Videos, their files and processing stages, uploads under way, and jobs. */
export class VideosAndJobs1795000000001 implements MigrationInterface {
  name = 'VideosAndJobs1795000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createVideos(queryRunner);
    await this.createUploads(queryRunner);
    await this.createJobs(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['jobs', 'upload_sessions', 'processing_stages', 'video_files', 'videos']) {
      await queryRunner.dropTable(table);
    }
  }

  private async createVideos(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, bigInt, boolean, date, double, text, string } = types;
    await createTable(
      queryRunner,
      'videos',
      [
        id('id'),
        string('uuid', 64),
        string('url', 2000, { isNullable: true }),
        string('urlHash', 64, { isNullable: true }),
        boolean('remote', { default: false }),
        date('remoteUpdatedAt', { isNullable: true }),
        date('fetchedAt', { isNullable: true }),
        string('thumbnailUrl', 2000, { isNullable: true }),
        string('previewUrl', 2000, { isNullable: true }),
        text('remotePlaylists', { isNullable: true }),
        integer('likes', { default: 0 }),
        integer('dislikes', { default: 0 }),
        integer('comments', { default: 0 }),
        string('name', 120),
        text('searchText'),
        text('description', { isNullable: true }),
        text('support', { isNullable: true }),
        integer('category', { isNullable: true }),
        integer('licence', { isNullable: true }),
        string('language', 20, { isNullable: true }),
        text('tags'),
        boolean('nsfw', { default: false }),
        integer('privacy'),
        integer('state'),
        boolean('waitTranscoding', { default: false }),
        boolean('downloadEnabled', { default: true }),
        boolean('commentsEnabled', { default: true }),
        integer('duration', { default: 0 }),
        double('aspectRatio', { isNullable: true }),
        bigInt('views', { default: 0 }),
        string('thumbnailFilename', 255, { isNullable: true }),
        string('previewFilename', 255, { isNullable: true }),
        string('originalFilename', 255, { isNullable: true }),
        bigInt('originalSize', { default: 0 }),
        date('publishedAt', { isNullable: true }),
        date('originallyPublishedAt', { isNullable: true }),
        integer('channelId'),
        ...timestamps(types),
      ],
      {
        indices: [
          index('videos', ['uuid'], true),
          index('videos', ['urlHash'], true),
          index('videos', ['channelId']),
          index('videos', ['privacy', 'state', 'publishedAt']),
        ],
        foreignKeys: [foreignKey('channelId', 'channels')],
      },
    );
    await createTable(
      queryRunner,
      'video_files',
      [
        id('id'),
        integer('videoId'),
        string('filename', 64),
        string('mediaType', 64),
        integer('resolution'),
        integer('width'),
        integer('height'),
        integer('fps'),
        bigInt('size'),
        boolean('hasAudio', { default: true }),
        boolean('hasVideo', { default: true }),
        string('infoHash', 40, { isNullable: true }),
        string('torrentFilename', 255, { isNullable: true }),
        text('remoteSources', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('video_files', ['filename'], true),
          index('video_files', ['infoHash']),
          index('video_files', ['videoId']),
        ],
        foreignKeys: [foreignKey('videoId', 'videos')],
      },
    );
    await createTable(
      queryRunner,
      'processing_stages',
      [
        id('id'),
        integer('videoId'),
        string('name', 20),
        string('detail', 20, { default: "''" }),
        string('status', 20),
        integer('progress', { default: 0 }),
        text('message', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [index('processing_stages', ['videoId', 'name', 'detail'], true)],
        foreignKeys: [foreignKey('videoId', 'videos')],
      },
    );
  }

  private async createUploads(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { integer, bigInt, date, text, string } = types;
    await createTable(
      queryRunner,
      'upload_sessions',
      [
        string('id', 64, { isPrimary: true }),
        integer('userId'),
        string('filename', 255),
        bigInt('size'),
        text('metadata'),
        date('expiresAt'),
        string('videoUuid', 64, { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [index('upload_sessions', ['userId']), index('upload_sessions', ['expiresAt'])],
        foreignKeys: [foreignKey('userId', 'users')],
      },
    );
  }

  private async createJobs(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { integer, bigInt, date, text, string } = types;
    await createTable(
      queryRunner,
      'jobs',
      [
        string('id', 64, { isPrimary: true }),
        string('kind', 100),
        text('payload'),
        string('state', 20),
        integer('priority', { default: 0 }),
        date('runAt'),
        integer('attempts', { default: 0 }),
        integer('maxAttempts', { default: 1 }),
        integer('crashes', { default: 0 }),
        integer('progress', { default: 0 }),
        text('lastError', { isNullable: true }),
        string('leaseHolder', 64, { isNullable: true }),
        bigInt('leaseUntil', { isNullable: true }),
        string('uniqueKey', 190, { isNullable: true }),
        date('startedAt', { isNullable: true }),
        date('finishedAt', { isNullable: true }),
        ...timestamps(types),
      ],
      { indices: [index('jobs', ['state', 'kind', 'runAt']), index('jobs', ['uniqueKey'], true)] },
    );
  }
}
