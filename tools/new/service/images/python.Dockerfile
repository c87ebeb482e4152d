FROM python:3.13-slim-trixie AS build
WORKDIR /app
RUN apt-get update && apt-get install --yes --no-install-recommends tini
COPY requirements.txt ./
RUN pip install --no-cache-dir --target /packages --requirement requirements.txt
COPY . .
# In the cluster nothing can be written here, so what Python compiles has to be there.
RUN python -m compileall -q /packages /app

FROM build AS test
ENV PYTHONPATH=/packages
RUN python -m unittest

# Python 3.13 of the same Debian, without a shell or a package manager: what is not there serves nobody who breaks in.
FROM gcr.io/distroless/python3-debian13:nonroot
ENV PYTHONPATH=/packages
ENV PYTHONUNBUFFERED=1
ENV PORT={{port}}
WORKDIR /app
COPY --from=build /usr/bin/tini-static /tini
COPY --from=build /packages /packages
COPY --from=build /app /app
USER 10001:10001
EXPOSE {{port}}
# Python by itself would not end on SIGTERM as the first process of a container.
ENTRYPOINT ["/tini", "--", "/usr/bin/python3"]
CMD ["main.py"]
