import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CATEGORIES, languages, LICENCES, PRIVACIES } from './video-constants.js';

const labels = { schema: { type: 'object', additionalProperties: { type: 'string' } } } as const;

/** The fixed lists of choices. */
@ApiTags('Videos')
@Controller('api/v1/videos')
export class VideoConstantsController {
  @Get('categories')
  @ApiOperation({ summary: 'Categories by id.' })
  @ApiOkResponse(labels)
  categories(): Record<number, string> {
    return CATEGORIES;
  }

  @Get('licences')
  @ApiOperation({ summary: 'Licences by id.' })
  @ApiOkResponse(labels)
  licences(): Record<number, string> {
    return LICENCES;
  }

  @Get('privacies')
  @ApiOperation({ summary: 'Privacies by id.' })
  @ApiOkResponse(labels)
  privacies(): Record<number, string> {
    return PRIVACIES;
  }

  @Get('languages')
  @ApiOperation({ summary: 'Languages by ISO 639 code.' })
  @ApiOkResponse(labels)
  languages(): Record<string, string> {
    return languages();
  }
}
