import { Injectable } from '@nestjs/common';
import { hostOf } from '@vidiverse/federation';
import { InstanceInfo } from '@vidiverse/hooks';
import { Config } from '../../config/config.js';

/** What the configuration says of this instance. */
@Injectable()
export class ConfiguredInstanceInfo extends InstanceInfo {
  readonly url: string;
  readonly host: string;
  readonly name: string;

  constructor({ url, instance }: Config) {
    super();
    this.url = url.replace(/\/+$/, '');
    this.host = hostOf(url)!;
    this.name = instance.name;
  }
}
