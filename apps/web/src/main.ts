import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { apiKey, createApi } from './api';
import { registerWorker } from './player/stream-server';
import { createSiteRouter } from './router';
import './styles/index.css';

const api = createApi(window);
createApp(App)
  .provide(apiKey, api)
  .use(createPinia())
  .use(createSiteRouter(() => api.credentials.access !== null))
  .mount('#app');

// Early: on a first visit the worker installs while the page loads, and the first video can be a stream already.
void registerWorker().catch(() => undefined);
