namespace MedTune.Tensors;

/// <summary>Which of several values is the largest, for many windows side by side.</summary>
public static unsafe class LargestTaps
{
    /// <summary>For every window the number of its largest value: the first of several, and NaN above every number. Allocates nothing.</summary>
    /// <param name="values">The values: a row of all windows' first ones, then one of their second ones, and so on; at least one row.</param>
    /// <param name="numbers">Gets a number per window.</param>
    /// <exception cref="ArgumentException">The values are no whole number of rows.</exception>
    public static void Find(ReadOnlySpan<float> values, Span<int> numbers)
    {
        if (numbers.IsEmpty)
        {
            return;
        }

        if (values.IsEmpty || values.Length % numbers.Length != 0)
        {
            throw new ArgumentException("The values must be one row of windows or more.", nameof(values));
        }

        fixed (float* x = values)
        fixed (int* y = numbers)
        {
            LaneTasks.Run(TaskPool.Sequential, 1, new Job { Values = x, Numbers = y, Windows = numbers.Length, Taps = values.Length / numbers.Length });
        }
    }

    private struct Job : ILaneTask
    {
        public float* Values;
        public int* Numbers;
        public int Windows;
        public int Taps;

        public readonly void Run<TLanes>(int task)
            where TLanes : struct, ILanes<TLanes>
        {
            int window = 0;
            for (; window <= Windows - TLanes.Count; window += TLanes.Count)
            {
                Find<TLanes>(window);
            }

            for (; window < Windows; window++)
            {
                Find<ScalarLanes>(window);
            }
        }

        private readonly void Find<TLanes>(int window)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes none = TLanes.CreateBits(0);
            TLanes best = TLanes.Load(ref Values[window]), number = none;
            for (int tap = 1; tap < Taps; tap++)
            {
                TLanes x = TLanes.Load(ref Values[((nint)tap * Windows) + window]);
                TLanes isFirstNaN = TLanes.Select(TLanes.Equal(x, x), none, TLanes.Equal(best, best));
                TLanes isLarger = TLanes.Or(TLanes.LessThan(best, x), isFirstNaN);
                best = TLanes.Select(isLarger, x, best);
                number = TLanes.Select(isLarger, TLanes.CreateBits(tap), number);
            }

            number.Store(ref *(float*)&Numbers[window]);
        }
    }
}
