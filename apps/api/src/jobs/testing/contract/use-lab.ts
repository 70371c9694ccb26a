import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { JobLab, type LabOptions } from '../job-lab.js';

export type Lab = () => JobLab;

/** One lab for a suite, emptied after each test. */
export function useLab(options: LabOptions): Lab {
  let lab: JobLab;
  beforeAll(async () => {
    // Jobs fail on purpose here, again and again.
    Logger.overrideLogger(false);
    lab = await JobLab.open(options);
  });
  afterEach(() => lab.reset());
  afterAll(() => lab.drop());
  return () => lab;
}
