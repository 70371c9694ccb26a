export { describePluginHttp, type HttpLab, type Says } from './http-contract.js';
export { describeInstanceFollows, type FollowsLab } from './follows-contract.js';
export { describePluginJobs, type JobsLab } from './jobs-contract.js';
export {
  CONTRACT_SETTINGS,
  type ContractSettings,
  describePluginSettings,
  type SettingsLab,
} from './settings-contract.js';
export { describePluginStorage, type StorageLab } from './storage-contract.js';
