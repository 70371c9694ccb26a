import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { describeProblems } from './problem-responses.js';

/** Swagger UI at `/api/docs`, the document at `/api/openapi.json`; built at the first request, from the controllers. */
export function mountSwagger(app: INestApplication): void {
  const build = () =>
    describeProblems(
      SwaggerModule.createDocument(
        app,
        new DocumentBuilder()
          .setTitle('Vidiverse')
          .setDescription(
            'REST API, compatible with PeerTube’s. Sizes are bytes, times ISO 8601 in UTC, durations seconds. ' +
              'Errors are application/problem+json (RFC 9457) with a stable `code`.',
          )
          .setVersion('1')
          .setLicense('AGPL-3.0-or-later', 'https://www.gnu.org/licenses/agpl-3.0.html')
          .addOAuth2(
            { type: 'oauth2', flows: { password: { tokenUrl: '/api/v1/users/token', scopes: {} } } },
            'oauth',
          )
          .build(),
        { operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}` },
      ),
    );
  SwaggerModule.setup('api/docs', app, build, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
}
