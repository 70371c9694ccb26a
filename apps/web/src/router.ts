import { createRouter, createWebHistory, type RouteRecordRaw, START_LOCATION } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** Visitors are sent to the login first. */
    needsUser?: boolean;
    /** Without the site's header and footer. */
    bare?: boolean;
    /** Its first picture comes before all that is not needed for it: the page itself says when plugins may load. */
    playsVideo?: boolean;
  }
}

/** The addresses of PeerTube's pages, so that links between the two keep working. */
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/HomePage.vue') },
  {
    path: '/w/:id',
    name: 'watch',
    component: () => import('./pages/WatchPage.vue'),
    props: true,
    meta: { playsVideo: true },
  },
  {
    path: '/videos/watch/:id',
    redirect: ({ params, query }) => ({ name: 'watch', params: { id: params.id }, query }),
  },
  {
    path: '/videos/embed/:id',
    name: 'embed',
    component: () => import('./pages/EmbedPage.vue'),
    props: true,
    meta: { bare: true, playsVideo: true },
  },
  { path: '/login', name: 'login', component: () => import('./pages/LoginPage.vue') },
  { path: '/setup', name: 'setup', component: () => import('./pages/SetUpPage.vue') },
  {
    path: '/upload',
    name: 'upload',
    component: () => import('./pages/UploadPage.vue'),
    meta: { needsUser: true },
  },
  { path: '/my-library', redirect: '/my-library/videos' },
  {
    path: '/my-library/videos',
    name: 'my-videos',
    component: () => import('./pages/MyVideosPage.vue'),
    meta: { needsUser: true },
  },
  {
    path: '/my-library/plugins/:plugin/:page',
    component: () => import('./pages/PluginSettingsPage.vue'),
    meta: { needsUser: true },
  },
  {
    path: '/videos/update/:id',
    name: 'update',
    component: () => import('./pages/UpdateVideoPage.vue'),
    props: true,
    meta: { needsUser: true },
  },
  {
    path: '/c/:handle/:tab(videos)?',
    name: 'channel',
    component: () => import('./pages/ChannelPage.vue'),
    props: true,
  },
  {
    path: '/a/:handle/:tab(videos|video-channels)?',
    name: 'account',
    component: () => import('./pages/AccountPage.vue'),
    props: true,
  },
  {
    path: '/admin',
    component: () => import('./pages/administration/AdministrationPage.vue'),
    meta: { needsUser: true },
    children: [
      { path: '', redirect: '/admin/following' },
      { path: 'following', component: () => import('./pages/administration/FollowingPage.vue') },
      { path: 'followers', component: () => import('./pages/administration/FollowersPage.vue') },
      { path: 'follow-policy', component: () => import('./pages/administration/FollowPolicyPage.vue') },
      { path: 'deliveries', component: () => import('./pages/administration/DeliveriesPage.vue') },
      {
        path: 'deliveries/:host',
        name: 'admin-host',
        component: () => import('./pages/administration/DeliveryHostPage.vue'),
        props: true,
      },
      { path: 'cache-policy', component: () => import('./pages/administration/CachePolicyPage.vue') },
      { path: 'cached-files', component: () => import('./pages/administration/CachedFilesPage.vue') },
      { path: 'seeds', component: () => import('./pages/administration/SeedsPage.vue') },
      { path: 'plugins', component: () => import('./pages/administration/PluginsPage.vue') },
      {
        path: 'plugins/:name',
        name: 'admin-plugin',
        component: () => import('./pages/administration/PluginPage.vue'),
        props: true,
      },
      {
        path: 'plugins/:plugin/:page',
        component: () => import('./pages/administration/PluginAdminPage.vue'),
      },
      { path: 'blocked', component: () => import('./pages/administration/BlockedPage.vue') },
      { path: 'reports', component: () => import('./pages/administration/ReportsPage.vue') },
    ],
  },
  { path: '/search', name: 'search', component: () => import('./pages/SearchPage.vue') },
  { path: '/:path(.*)*', name: 'not-found', component: () => import('./pages/NotFoundPage.vue') },
];

export function createSiteRouter(isLoggedIn: () => boolean) {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
  });
  router.beforeEach((to) =>
    to.meta.needsUser && !isLoggedIn() ? { name: 'login', query: { next: to.fullPath } } : true,
  );
  // A script of an older build is gone after an update of the site: load the new one. Not at the start: no loop.
  router.onError((error: unknown, to, from) => {
    if (error instanceof TypeError && from !== START_LOCATION) location.assign(to.fullPath);
  });
  return router;
}
