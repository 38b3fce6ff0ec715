"""The background worker's process: `python -m jobfair.jobs.worker`."""

from wsgi import app

if __name__ == "__main__":
    consumer = app.extensions["huey"].create_consumer(
        workers=1, periodic=True, initial_delay=0.1, backoff=1.5, max_delay=2.0
    )
    consumer.run()
