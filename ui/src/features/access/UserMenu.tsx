import { UserOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { toProblem } from '@/api/problem';
import { useProblemTitle } from '@/i18n/problems';

import styles from './access.module.css';
import { useSession, useSignOut } from './useAccess';

/** Who is signed in, and what they can do about themselves. */
export function UserMenu() {
  const { t } = useTranslation('access');
  const { notification } = App.useApp();
  const problemTitle = useProblemTitle();
  const { name } = useSession().user;
  const navigate = useNavigate();
  const signOut = useSignOut();

  const leave = () =>
    signOut.mutate(undefined, {
      onError: (error) => {
        const problem = toProblem(error);
        notification.error({ title: problemTitle(problem), description: problem.detail });
      },
    });
  const items = [
    { key: 'tokens', label: t('tokens.title'), onClick: () => void navigate('/tokens') },
    { key: 'sign-out', label: t('menu.signOut'), onClick: leave },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button
        type="text"
        icon={<UserOutlined />}
        loading={signOut.isPending}
        aria-haspopup="menu"
        aria-label={t('menu.label', { name })}
      >
        <span className={styles.user}>{name}</span>
      </Button>
    </Dropdown>
  );
}
