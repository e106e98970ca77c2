import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  FlagOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  PlayCircleOutlined,
  QuestionCircleOutlined,
  StopOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '@/api/client';

export type State = Schemas['ObservedState'] | Schemas['SqlStatementState'];

/** antd's named colours follow the theme. The icon and the text say the same as the colour. */
const LOOKS: Record<State, { color: string; icon: ReactNode }> = {
  IDLE: { color: 'default', icon: <MinusCircleOutlined /> },
  STARTING: { color: 'processing', icon: <SyncOutlined /> },
  RUNNING: { color: 'success', icon: <PlayCircleOutlined /> },
  RESTARTING: { color: 'warning', icon: <SyncOutlined /> },
  STOPPING: { color: 'processing', icon: <PauseCircleOutlined /> },
  FINISHED: { color: 'default', icon: <CheckCircleOutlined /> },
  FAILED: { color: 'error', icon: <CloseCircleOutlined /> },
  NEEDS_DECISION: { color: 'warning', icon: <FlagOutlined /> },
  CANCELED: { color: 'default', icon: <StopOutlined /> },
};

/** The only way in which the console shows a state. */
export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation();
  // A newer server may know states that this console does not; a tab may stay open across an upgrade.
  const look = (LOOKS as Partial<typeof LOOKS>)[state] ?? { color: 'default', icon: <QuestionCircleOutlined /> };
  return (
    <Tag color={look.color} icon={look.icon}>
      {t(`state.${state}`, { defaultValue: state })}
    </Tag>
  );
}
