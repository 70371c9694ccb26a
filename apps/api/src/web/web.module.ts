import { Module } from '@nestjs/common';
import { PagesController } from './pages.controller.js';
import { PagesService } from './pages.service.js';

/** Serves the web app. Its files are mounted in `http/static-files.ts`. */
@Module({ controllers: [PagesController], providers: [PagesService] })
export class WebModule {}
