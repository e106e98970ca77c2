import { DatabaseOutlined, EyeOutlined, FolderOutlined, TableOutlined } from '@ant-design/icons';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '@/api/client';

import { Branch } from './Branch';
import styles from './catalog.module.css';
import { Listing } from './Listing';
import { tableName } from './names';
import { TableDetails } from './TableDetails';
import { useCatalogs, useDatabases, useTables } from './useCatalogs';

/** Called with a name as SQL text. */
type Insert = (text: string) => void;

/** Catalogs, their databases, their tables; each level is loaded when it is opened. A click on a table writes its name. */
export function CatalogTree({ onInsert }: { onInsert: Insert }) {
  const { t } = useTranslation('catalog');
  return (
    <nav aria-label={t('label')} className={styles.tree}>
      <Typography.Title level={2} className={styles.title}>
        {t('title')}
      </Typography.Title>
      <Listing query={useCatalogs()} empty={t('empty.catalogs')}>
        {({ name, comment }) => (
          <Branch key={name} icon={<DatabaseOutlined aria-hidden />} name={name} comment={comment}>
            {() => <Databases catalog={name} onInsert={onInsert} />}
          </Branch>
        )}
      </Listing>
    </nav>
  );
}

function Databases({ catalog, onInsert }: { catalog: string; onInsert: Insert }) {
  const { t } = useTranslation('catalog');
  return (
    <Listing query={useDatabases(catalog)} empty={t('empty.databases')}>
      {({ name, comment }) => (
        <Branch key={name} icon={<FolderOutlined aria-hidden />} name={name} comment={comment}>
          {() => <Tables catalog={catalog} database={name} onInsert={onInsert} />}
        </Branch>
      )}
    </Listing>
  );
}

function Tables({ catalog, database, onInsert }: { catalog: string; database: string; onInsert: Insert }) {
  const { t } = useTranslation('catalog');
  return (
    <Listing query={useTables(catalog, database)} empty={t('empty.tables')}>
      {(table: Schemas['TableSummary']) => (
        <Branch
          key={table.name}
          icon={table.kind === 'VIEW' ? <EyeOutlined aria-label={t('view')} /> : <TableOutlined aria-hidden />}
          name={table.name}
          comment={table.comment}
          pickLabel={t('insert', { name: table.name })}
          onPick={() => onInsert(tableName(catalog, database, table.name))}
        >
          {() => <TableDetails catalog={catalog} database={database} table={table.name} onInsert={onInsert} />}
        </Branch>
      )}
    </Listing>
  );
}
