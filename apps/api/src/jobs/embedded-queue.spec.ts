import { TEST_MARIADB } from '../database/testing/open-test-database.js';
import { describeJobQueue } from './testing/job-queue-contract.js';
import { unavailable } from './testing/unavailable.js';

describeJobQueue('the embedded queue on SQLite', { database: 'sqlite' });
describeJobQueue('the embedded queue on MariaDB', { database: 'mariadb' }, await unavailable(TEST_MARIADB));
