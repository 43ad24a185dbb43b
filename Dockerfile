# 履约 lvyue: the server, as nobody in particular, its ledger and keys in the volume /data.
#   docker build -t lvyue . && docker run -p 127.0.0.1:8000:8000 -v lvyue:/data lvyue
FROM python:3.13-slim AS wheel
WORKDIR /src
COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY contracts contracts
COPY docs docs
COPY api api
COPY ledger ledger
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
COPY --from=wheel /wheels /wheels
RUN pip install --no-cache-dir "$(ls /wheels/lvyue_ledger-*.whl)[postgres,sm2]" \
    && useradd --uid 10001 --user-group --home-dir /data --no-create-home lvyue \
    && install -d -o lvyue -g lvyue -m 0700 /data
ENV LVYUE_STORE=sqlite:////data/lvyue.db PYTHONUTF8=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["lvyue"]
CMD ["serve", "--host", "0.0.0.0"]
