package io.aerocast.training.fit;

import org.deeplearning4j.util.CrashReportingUtil;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/// ND4J's native library.
final class NativeBackend {

    private NativeBackend() {}

    /// Loads the library, which takes seconds the first time, and restricts it to the calling thread. The arrays
    /// are small: waiting for a second thread costs more than it gains, tenfold on a busy machine. With several
    /// threads, sums would also depend on the number of cores.
    static void prepare() {
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1); // holds for this thread
        Nd4j.factory().blas().setMaxThreads(1);
        CrashReportingUtil.crashDumpsEnabled(false); // they would be written to the working directory
    }
}
