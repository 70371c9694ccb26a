import { Controller, type MessageEvent, Sse } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { map, type Observable } from 'rxjs';
import { CHANGES_PATH, ToldChanges } from './told-changes.js';

/** Pages that are open while a plugin is written. */
@ApiExcludeController()
@Controller()
export class ChangesController {
  constructor(private readonly changes: ToldChanges) {}

  @Sse(CHANGES_PATH)
  follow(): Observable<MessageEvent> {
    return this.changes.standing.pipe(map((data) => ({ data })));
  }
}
