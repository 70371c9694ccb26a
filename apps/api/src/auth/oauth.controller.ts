import { Body, Controller, Get, Header, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConsumes,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { IgnoresToken, RequireUser } from './access.js';
import { tokenRequest, type TokenRequest } from './dto/token-request.js';
import { clientViewSchema, type ClientView, tokenViewSchema, type TokenView } from './dto/token-view.js';
import { OAuthClientsService } from './oauth-clients.service.js';
import { OAuthService } from './oauth.service.js';
import { TokensService } from './tokens.service.js';

@ApiTags('Tokens')
@Controller('api/v1')
export class OAuthController {
  constructor(
    private readonly clients: OAuthClientsService,
    private readonly oauth: OAuthService,
    private readonly tokens: TokensService,
  ) {}

  @Get('oauth-clients/local')
  @IgnoresToken()
  @ApiOperation({ summary: 'The client that every app uses for `users/token`.' })
  @ApiOkResponse({ standardSchema: clientViewSchema })
  async client(): Promise<ClientView> {
    const { clientId, clientSecret } = await this.clients.local();
    return { client_id: clientId, client_secret: clientSecret };
  }

  @Post('users/token')
  @HttpCode(200)
  @IgnoresToken()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Logs in (grant `password`) or refreshes a token (grant `refresh_token`, which replaces it).',
  })
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiOkResponse({ standardSchema: tokenViewSchema })
  @ApiBadRequestResponse({ description: 'Codes `invalid_grant`, `invalid_client`, `invalid_request`.' })
  @ApiForbiddenResponse({
    description: 'Codes `refused_by_plugin`, `held_by_plugin` (to be tried again later).',
  })
  @ApiTooManyRequestsResponse({
    description: 'Too many failed logins for this address or account; see Retry-After.',
  })
  token(@Body({ schema: tokenRequest }) body: TokenRequest, @Ip() address: string): Promise<TokenView> {
    return this.oauth.grant(body, address);
  }

  @Post('users/revoke-token')
  @HttpCode(204)
  @RequireUser()
  @ApiOperation({ summary: 'Logs out: ends the token and everything refreshed from the same login.' })
  @ApiNoContentResponse()
  async revoke(@Headers('authorization') authorization: string): Promise<void> {
    await this.tokens.revokeAccessToken(authorization.replace(/^Bearer +/i, ''));
  }
}
