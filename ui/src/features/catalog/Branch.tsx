import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import styles from './catalog.module.css';

interface Props {
  icon: ReactNode;
  name: string;
  /** Shown on hover. */
  comment?: string;
  /** Makes the name a button of its own; without it, the name opens the branch as the arrow does. */
  onPick?: () => void;
  pickLabel?: string;
  /** Made when the branch opens first, so that what is below is loaded only then. */
  children: () => ReactNode;
}

/** One line of the tree and what is below it. Buttons in nested lists: every keyboard and screen reader knows them. */
export function Branch({ icon, name, comment, onPick, pickLabel, children }: Props) {
  const { t } = useTranslation('catalog');
  const [open, setOpen] = useState(false);
  const below = useId();
  const toggle = () => setOpen(!open);
  const arrow = open ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />;
  const label = (
    <>
      {icon}
      <span className={styles.name}>{name}</span>
    </>
  );
  const expansion = { 'aria-expanded': open, 'aria-controls': open ? below : undefined, onClick: toggle };
  return (
    <li>
      {onPick ? (
        <span className={styles.line}>
          <button type="button" className={styles.arrow} aria-label={t('open', { name })} {...expansion}>
            {arrow}
          </button>
          <button type="button" className={styles.pick} aria-label={pickLabel} title={comment} onClick={onPick}>
            {label}
          </button>
        </span>
      ) : (
        <button type="button" className={styles.line} title={comment} {...expansion}>
          {arrow}
          {label}
        </button>
      )}
      {open && (
        <div id={below} className={styles.below}>
          {children()}
        </div>
      )}
    </li>
  );
}
