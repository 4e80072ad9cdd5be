// Users: the list, and the drawer in which one is added or changed.
import { useTranslation } from 'react-i18next';
import { useAdminList } from '../../client/admin-lists.ts';
import { AdminPage } from '../../parts/admin-page.tsx';

export function UsersPage() {
  const { t } = useTranslation('admin');
  const users = useAdminList('users');
  return (
    <AdminPage title={t('nav.users')} refusal={users.refusal}>
      <ul>
        {users.answer?.map((user) => (
          <li key={user.userId}>{user.username}</li>
        ))}
      </ul>
    </AdminPage>
  );
}
