using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

public sealed class TaskSharesTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 7)]
    [InlineData(4, 2)]
    [InlineData(3, 100)]
    public void TryTake_ByEveryThreadInTurn_GivesEachTaskOnce(int threads, int count)
    {
        var shares = new TaskShares(threads);
        shares.Deal(count);
        var taken = new List<int>();
        for (int thread = 0; shares.TryTake(thread, out int task); thread = (thread + 1) % threads)
        {
            taken.Add(task);
        }

        Assert.Equal(Enumerable.Range(0, count), taken.Order());
        Assert.All(Enumerable.Range(0, threads), thread => Assert.True(shares.IsEmpty(thread)));
    }

    [Fact]
    public void TryTake_OwnShareThenAnothers_FromTheFrontThenFromTheBack()
    {
        var shares = new TaskShares(2);
        shares.Deal(7);
        var taken = new List<int>();
        while (shares.TryTake(1, out int task))
        {
            taken.Add(task);
        }

        Assert.Equal([4, 5, 6, 3, 2, 1, 0], taken);
        Assert.False(shares.TryTake(0, out _));
    }

    [Fact]
    public void Deal_FewerTasksThanThreads_TheCallerHasOne()
    {
        var shares = new TaskShares(8);
        shares.Deal(1);
        Assert.False(shares.IsEmpty(0));
        Assert.All(Enumerable.Range(1, 7), thread => Assert.True(shares.IsEmpty(thread)));
    }

    [Fact]
    public void TryTake_ManyThreadsAtOnce_GivesEachTaskOnce()
    {
        const int Threads = 4, Count = 20_000;
        var shares = new TaskShares(Threads);
        shares.Deal(Count);
        int[] times = new int[Count];
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            while (shares.TryTake(number, out int task))
            {
                Interlocked.Increment(ref times[task]);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(times, time => Assert.Equal(1, time));
    }
}
