import { test } from '@jest/globals';
test('ends the process', () => process.exit(3));
