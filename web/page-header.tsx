import { Group, Title } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import classes from './page-header.module.css'

interface PageHeaderProps {
  readonly title: string
  /** One line under the title: what is shown, for which day, from where. */
  readonly about?: ReactNode
  /** Buttons of the page. */
  readonly actions?: ReactNode
}

/** The head of a page; also names the browser tab. */
export const PageHeader = ({ title, about, actions }: PageHeaderProps) => {
  useEffect(() => {
    document.title = `${title} · Lũy Tre`
  }, [title])
  return (
    <header className={classes.header}>
      <div>
        <Title order={1}>{title}</Title>
        {about && <div className={classes.about}>{about}</div>}
      </div>
      {actions && <Group gap="sm" className="no-print">{actions}</Group>}
    </header>
  )
}
