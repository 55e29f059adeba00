# Yafig's web server, worker and clock: one image, three commands (see docker-compose.yml).
FROM node:24-slim AS pages
WORKDIR /pages
COPY frontend .
RUN npm ci && npm run generate

FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/static \
    FRONTEND_ROOT=/app/pages \
    MEDIA_ROOT=/data/media \
    MAIL_DIR=/data/mail \
    BEAT_SCHEDULE=/data/beat \
    FFMPEG=/usr/bin/ffmpeg \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=8

# Videos are made by Debian's ffmpeg.
RUN apt-get update && apt-get install --yes --no-install-recommends ffmpeg \
    && rm -rf /var/lib/apt/lists/*

# What is written at run time belongs to a user without rights; the code does not.
RUN useradd --system --uid 1000 yafig && install -d -o yafig -g yafig /data
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --no-compile --require-hashes -r requirements.txt

COPY manage.py .
COPY common common
COPY events events
COPY instance instance
COPY media media
COPY users users
COPY posts posts
COPY comments comments
COPY search search
COPY showcase showcase
COPY recommendations recommendations
COPY config config
COPY templates templates
COPY --from=pages /pages/.output/public pages
# The settings want to be told of servers; collecting files asks none.
RUN SECRET_KEY=unused DATABASE_URL=postgres:///unused REDIS_URL=redis://unused \
    python manage.py collectstatic --noinput

USER yafig
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--respawn-failed-workers", "config.wsgi:application"]
