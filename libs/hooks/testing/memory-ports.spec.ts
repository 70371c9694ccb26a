import {
  CONTRACT_SETTINGS,
  describeInstanceFollows,
  describePluginHttp,
  describePluginJobs,
  describePluginSettings,
  describePluginStorage,
} from './contracts/index.js';
import { MemoryHttp, MemoryInstanceFollows, MemoryJobs, MemorySettings, MemoryStorage } from './index.js';

const drop = () => Promise.resolve();

describePluginStorage('in memory', async () => ({
  ...{ storage: new MemoryStorage(), another: new MemoryStorage() },
  drop,
}));

describePluginSettings('in memory', async () => {
  const settings = new MemorySettings(CONTRACT_SETTINGS.parse({}));
  return { settings, change: async (next) => settings.change(next), drop };
});

describePluginHttp('in memory', async () => {
  const http = new MemoryHttp();
  return {
    http,
    serve: (says) => {
      http.answer = says;
      return 'https://other.example/';
    },
    drop,
  };
});

describePluginJobs('in memory', async (setUp) => {
  const jobs = new MemoryJobs();
  setUp(jobs);
  const pass = async () => {
    await jobs.runWaiting();
    // What comes again and again fails there for the test to see.
    await jobs.tick().catch(() => undefined);
  };
  return { jobs, pass, drop };
});

describeInstanceFollows('in memory', async () => {
  const follows = new MemoryInstanceFollows();
  return { follows, block: async (host) => void follows.blocked.add(host), drop };
});
