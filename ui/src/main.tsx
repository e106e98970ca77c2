import '@/i18n';
import '@/app/global.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '@/app/App';
import { takeProof } from '@/features/access/link';

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id "root"');
}
// Before anything else looks at the address.
const proof = takeProof();
createRoot(root).render(
  <StrictMode>
    <App proof={proof} />
  </StrictMode>,
);
