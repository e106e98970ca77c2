import { App, Button, Table, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/api/problem';
import { Ago } from '@/components/Ago';
import { EmptyHint } from '@/components/EmptyHint';
import { useFormats } from '@/i18n/format';
import { useProblemTitle } from '@/i18n/problems';

import styles from './access.module.css';
import { useRevokeToken, type TokenView } from './useAccess';

/** Tokens, never themselves, and the way to end each. */
export function TokenTable({ tokens, loading }: { tokens: TokenView[]; loading: boolean }) {
  const { t } = useTranslation('access');
  const { moment } = useFormats();
  const columns: TableProps<TokenView>['columns'] = [
    { key: 'name', title: t('tokens.name'), dataIndex: 'name', className: styles.anywhere },
    {
      key: 'scope',
      title: t('tokens.scope'),
      render: (_, { scope }) => (scope.length === 0 ? t('tokens.everything') : scope.join(', ')),
    },
    { key: 'created', title: t('tokens.created'), render: (_, { createdAt }) => moment(createdAt) },
    {
      key: 'expires',
      title: t('tokens.expires'),
      render: (_, { expiresAt }) => (expiresAt ? moment(expiresAt) : t('tokens.never')),
    },
    {
      key: 'used',
      title: t('tokens.used'),
      render: (_, { usedAt }) => (usedAt ? <Ago at={usedAt} /> : t('tokens.never')),
    },
    { key: 'actions', title: t('tokens.actions'), align: 'end', render: (_, token) => <Revoke token={token} /> },
  ];
  return (
    <Table
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={tokens}
      loading={loading}
      pagination={false}
      locale={{ emptyText: <EmptyHint title={t('tokens.empty')} hint={t('tokens.emptyHint')} /> }}
    />
  );
}

function Revoke({ token }: { token: TokenView }) {
  const { t } = useTranslation('access');
  const { message, modal, notification } = App.useApp();
  const problemTitle = useProblemTitle();
  const revoke = useRevokeToken();
  const { id, name } = token;

  const run = () =>
    revoke.mutate(id, {
      onSuccess: () => void message.success(t('tokens.revoked', { name })),
      onError: (error) => {
        const problem = toProblem(error);
        notification.error({ title: problemTitle(problem), description: problem.detail });
      },
    });
  const ask = () =>
    void modal.confirm({
      title: t('tokens.revokeTitle', { name }),
      content: t('tokens.revokeText'),
      okText: t('tokens.revoke'),
      okButtonProps: { danger: true },
      onOk: run,
    });
  return (
    <Button danger loading={revoke.isPending} aria-label={t('tokens.revokeNamed', { name })} onClick={ask}>
      {t('tokens.revoke')}
    </Button>
  );
}
