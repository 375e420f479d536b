import { EmptyState, ScreenLink, useT } from '#web'
import classes from './overview.module.css'

/** A fresh installation: nothing can be shown yet, so it says what to do first. */
export const FirstSteps = () => {
  const t = useT()
  return (
    <EmptyState
      title={t('overview.fresh_installation')}
      action={(
        <ol className={classes.steps}>
          <li><ScreenLink to="/figures">{t('overview.step_figures')}</ScreenLink> — {t('overview.step_figures_about')}</li>
          <li><ScreenLink to="/imports">{t('overview.step_import')}</ScreenLink> — {t('overview.step_import_about')}</li>
          <li>{t('overview.step_demo')} <code>npm start -- --demo</code></li>
        </ol>
      )}
    >
      {t('overview.fresh_about')}
    </EmptyState>
  )
}
