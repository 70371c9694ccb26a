import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import { UserRole } from '../users/user.entity.js';
import { CustomConfigService } from './custom-config.service.js';
import {
  customConfigSchema,
  customConfigUpdate,
  type CustomConfigUpdate,
  type CustomConfigView,
} from './dto/custom-config.js';

/** Settings that can be changed while the server runs. */
@ApiTags('Instance')
@Controller('api/v1/config/custom')
@RequireRole(UserRole.Administrator)
export class CustomConfigController {
  constructor(private readonly custom: CustomConfigService) {}

  @Get()
  @ApiOperation({ summary: 'The settings as they are now.' })
  @ApiOkResponse({ standardSchema: customConfigSchema })
  read(): Promise<CustomConfigView> {
    return this.custom.view();
  }

  @Put()
  @ApiOperation({ summary: 'Changes what is given. Sections of PeerTube that are not here are ignored.' })
  @ApiOkResponse({ standardSchema: customConfigSchema })
  async update(@Body({ schema: customConfigUpdate }) body: CustomConfigUpdate): Promise<CustomConfigView> {
    await this.custom.update(body);
    return this.custom.view();
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Back to what the configuration file says.' })
  @ApiNoContentResponse()
  async reset(): Promise<void> {
    await this.custom.reset();
  }
}
