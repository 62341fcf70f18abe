"""The engines that run the views. Each runs statements and gives rows as dictionaries."""


def statements(script):
    return [statement for statement in script.split(";\n") if statement.strip()]


class DuckDB:
    name = "duckdb"

    def __init__(self, threads=None):
        import duckdb

        self.version = duckdb.__version__
        self.connection = duckdb.connect()
        if threads:
            self.connection.execute(f"SET threads = {threads}")

    def run(self, statement):
        self.connection.execute(statement)

    def rows(self, table):
        cursor = self.connection.execute(f"SELECT * FROM {table}")
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row)) for row in cursor.fetchall()]

    def close(self):
        self.connection.close()


class DataFusion:
    name = "datafusion"

    def __init__(self, threads=None):
        import datafusion

        self.version = datafusion.__version__
        config = datafusion.SessionConfig()
        if threads:
            config = config.with_target_partitions(threads)
        self.context = datafusion.SessionContext(config)

    def run(self, statement):
        self.context.sql(statement).collect()

    def rows(self, table):
        return self.context.sql(f"SELECT * FROM {table}").to_pylist()

    def close(self):
        pass
