# One image for the web server, the worker and the scheduler; docker-compose.yml says which is which.
FROM debian:12-slim

# The Makefile's DEBIAN_PYTHON and DEBIAN_START.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-liberation \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
        python3-venv \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --uid 10001 --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin reviews \
    && install --directory --owner reviews --group reviews --mode 700 /data

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    DATA_DIR=/data \
    BIND=0.0.0.0

WORKDIR /srv/reviews
COPY requirements.txt .
RUN python3 -m venv /opt/venv && python -m pip install --no-cache-dir --requirement requirements.txt

# The code belongs to root: the process that serves it cannot change it.
COPY . .
RUN DEMO=1 DATA_DIR=/tmp/build python manage.py prepare --static-only && rm -rf /tmp/build

USER reviews
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
