using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

public sealed class TaskPoolTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 1000)]
    [InlineData(3, 7)]
    [InlineData(8, 1000)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public void Run_ManyTimes_EveryTaskRunsExactlyOnce(int threads, int count)
    {
        using var pool = new TaskPool(threads);
        int[] runs = new int[count];
        for (int repeat = 0; repeat < 50; repeat++)
        {
            pool.Run(count, runs, static (state, i) => Interlocked.Increment(ref state[i]));
        }

        Assert.All(runs, run => Assert.Equal(50, run));
    }

    [Fact]
    public void Run_MoreThreadsThanCores_EveryTaskRunsExactlyOnce()
    {
        using var pool = new TaskPool((4 * Environment.ProcessorCount) + 1);
        long sum = 0;
        for (int repeat = 0; repeat < 200; repeat++)
        {
            long[] cell = [0];
            pool.Run(64, cell, static (state, i) =>
            {
                Thread.SpinWait(50);
                Interlocked.Add(ref state[0], i);
            });
            sum += cell[0];
        }

        Assert.Equal(200L * 63 * 32, sum);
    }

    [Fact]
    public void Run_AfterThreadsParked_WakesThem()
    {
        using var pool = new TaskPool(2);
        int[] runs = new int[16];
        for (int repeat = 0; repeat < 20; repeat++)
        {
            Thread.Sleep(2);
            pool.Run(runs.Length, runs, static (state, i) => Interlocked.Increment(ref state[i]));
        }

        Assert.All(runs, run => Assert.Equal(20, run));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_TasksThrow_TheLowestOnesExceptionArrivesAndThePoolLivesOn(int threads)
    {
        using var pool = new TaskPool(threads);
        for (int repeat = 0; repeat < 100; repeat++)
        {
            var thrown = Assert.Throws<InvalidOperationException>(() => pool.Run(40, 0, static (_, i) =>
            {
                if (i is 7 or 8 or 30)
                {
                    throw new InvalidOperationException($"task {i}");
                }
            }));
            Assert.Equal("task 7", thrown.Message);
        }

        int[] runs = new int[10];
        pool.Run(10, runs, static (state, i) => Interlocked.Increment(ref state[i]));
        Assert.All(runs, run => Assert.Equal(1, run));
    }

    [Fact]
    public void Run_InsideATaskOfTheSamePool_RunsInline()
    {
        using var pool = new TaskPool(2);
        int[] runs = new int[100];
        pool.Run(10, (pool, runs), static (outer, i) =>
            outer.pool.Run(10, (outer.runs, i), static (inner, j) => Interlocked.Increment(ref inner.runs[(inner.i * 10) + j])));
        Assert.All(runs, run => Assert.Equal(1, run));
    }

    [Fact]
    public void Run_FromTwoThreadsAtOnce_BothComplete()
    {
        using var pool = new TaskPool(2);
        int[] runs = new int[64];
        var second = new Thread(() => RunMany(pool, runs));
        second.Start();
        RunMany(pool, runs);
        second.Join();
        Assert.All(runs, run => Assert.Equal(400, run));
    }

    [Fact]
    public void Run_Repeated_AllocatesNothing()
    {
        using var pool = new TaskPool(2);
        double[] sums = new double[32];
        Action<double[], int> first = static (state, i) => state[i] += i;
        Action<(double[] Sums, double Step), int> second = static (state, i) => state.Sums[i] += state.Step;
        long before = 0;
        for (int repeat = 0; repeat < 550; repeat++)
        {
            // The first runs may allocate: a job per state type, the runtime's own wait objects.
            before = repeat == 50 ? GC.GetAllocatedBytesForCurrentThread() : before;
            pool.Run(sums.Length, sums, first);
            pool.Run(sums.Length, (sums, 2.0), second);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Run_AfterDispose_IsRefused()
    {
        var pool = new TaskPool(2);
        pool.Dispose();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Run(2, 0, static (_, _) => { }));
    }

    [Fact]
    public void Sequential_DisposedOrNot_StillRuns()
    {
        TaskPool.Sequential.Dispose();
        int[] runs = new int[3];
        TaskPool.Sequential.Run(3, runs, static (state, i) => state[i] = i);
        Assert.Equal([0, 1, 2], runs);
        Assert.Equal(1, TaskPool.Sequential.Threads);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TaskPool(0));
    }

    private static void RunMany(TaskPool pool, int[] runs)
    {
        for (int repeat = 0; repeat < 200; repeat++)
        {
            pool.Run(runs.Length, runs, static (state, i) => Interlocked.Increment(ref state[i]));
        }
    }
}
