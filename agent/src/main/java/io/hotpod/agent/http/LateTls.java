package io.hotpod.agent.http;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * The JDK's default TLS context, looked for when a connection needs it. The JDK's client asks for a
 * context whatever it is used for, and the default one brings hundreds of classes and every trusted
 * certificate into memory: a tenth of a second and megabytes, for nothing where plain HTTP is all
 * that is spoken.
 */
public final class LateTls extends SSLContext {
  public LateTls() {
    super(new Late(), new NoProvider(), "TLS");
  }

  private static final class NoProvider extends Provider {
    private static final long serialVersionUID = 1;

    NoProvider() {
      super("late", "1", "the default context, when it is needed");
    }
  }

  private static final class Late extends SSLContextSpi {
    private static SSLContext real() {
      try {
        return SSLContext.getDefault();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no TLS", e);
      }
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trusts, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("the default context has its keys already");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return real().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return real().getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return real().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return real().createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return real().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return real().getClientSessionContext();
    }

    /** What every Java has, so that asking for it needs nothing. */
    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return engineGetSupportedSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      SSLParameters parameters = new SSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      return parameters;
    }
  }
}
