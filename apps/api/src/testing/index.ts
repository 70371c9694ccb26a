export {
  createTestInstance,
  createTwoInstances,
  type TestInstance,
  type TestInstanceOptions,
} from './test-instance.js';
