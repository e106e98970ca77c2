import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds the API: a running Millrace server. */
const server = process.env.MILLRACE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The server refuses calls from pages of another origin, and this one is only ever another one while developing.
  server: { host: '127.0.0.1', proxy: { '/api': { target: server, changeOrigin: true, headers: { origin: server } } } },
  build: {
    // Maven packs target/classes; Quarkus serves META-INF/resources of every jar at '/'.
    outDir: 'target/classes/META-INF/resources',
    emptyOutDir: true,
    // antd alone is larger than the default limit, and it is needed on every page.
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      output: {
        manualChunks(id) {
          if (!id.includes('/node_modules/')) return undefined;
          if (/\/node_modules\/(@codemirror|@lezer|codemirror|crelt|style-mod|w3c-keyname|@marijn)\//.test(id)) {
            return 'editor';
          }
          return 'vendor';
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    // Rendering antd in jsdom is slow on a small machine that does other things too.
    testTimeout: 30_000,
    css: false,
  },
});
