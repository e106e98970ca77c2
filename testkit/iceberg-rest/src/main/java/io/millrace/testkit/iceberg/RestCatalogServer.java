package io.millrace.testkit.iceberg;

import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** Iceberg's REST protocol by Iceberg's own servlet, with the tables in a folder and their list in SQLite. */
public final class RestCatalogServer {
    private RestCatalogServer() {}

    /** Takes the port and the folder; serves on the loopback address until it is stopped. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.setConf(new Configuration());
        catalog.initialize(
                "tables",
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:sqlite:file:" + folder.resolve("catalog.db"),
                        CatalogProperties.WAREHOUSE_LOCATION,
                        folder.resolve("warehouse").toUri().toString(),
                        "jdbc.schema-version",
                        "V1"));
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])));
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addServlet(new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(catalog))), "/*");
        server.setHandler(context);
        server.start();
        server.join();
    }
}
