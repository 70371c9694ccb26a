import { DataSource } from 'typeorm';
import { dataSourceOptions, loadConfig } from '@vidiverse/api';

/** For the TypeORM command line: `npm run migration -- migration:show`. The app itself uses `dataSourceOptions` too. */
export default new DataSource(dataSourceOptions(loadConfig()));
