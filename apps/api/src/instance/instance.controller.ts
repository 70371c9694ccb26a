import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Config } from '../config/config.js';
import { aboutSchema, type AboutView } from './dto/about-view.js';
import { clientConfigSchema, type ClientConfigView } from './dto/client-config-view.js';
import { statsSchema, type StatsView } from './dto/stats-view.js';
import { ClientConfigService } from './client-config.service.js';
import { StatsService } from './stats.service.js';

@ApiTags('Instance')
@Controller('api/v1')
export class InstanceController {
  constructor(
    private readonly config: Config,
    private readonly clientConfig: ClientConfigService,
    private readonly stats: StatsService,
  ) {}

  @Get('config')
  @ApiOperation({ summary: 'What clients need to know before they show anything.' })
  @ApiOkResponse({ standardSchema: clientConfigSchema })
  readConfig(): Promise<ClientConfigView> {
    return this.clientConfig.view();
  }

  @Get('config/about')
  @ApiOperation({ summary: 'The instance in its own words.' })
  @ApiOkResponse({ standardSchema: aboutSchema })
  about(): AboutView {
    const { name, shortDescription, description } = this.config.instance;
    return {
      instance: {
        name,
        shortDescription,
        description,
        terms: '',
        codeOfConduct: '',
        hardwareInformation: '',
        creationReason: '',
        moderationInformation: '',
        administrator: '',
        maintenanceLifetime: '',
        businessModel: '',
        languages: [],
        categories: [],
        banners: [],
        avatars: [],
      },
    };
  }

  @Get('server/stats')
  @ApiOperation({ summary: 'Totals of this instance.' })
  @ApiOkResponse({ standardSchema: statsSchema })
  readStats(): Promise<StatsView> {
    return this.stats.totals();
  }
}
