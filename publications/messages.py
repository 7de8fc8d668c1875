from audit.telling import Telling

TELLINGS = (Telling("feedback given", "publications/mail/feedback", ("subject:coordinators",)),)
