namespace MedTune.Training;

/// <summary>A node of a growing tree: a leaf with values until it is split.</summary>
internal sealed class GrownNode(int place, int depth, int start, int samples)
{
    public int Place => place;

    public int Depth => depth;

    /// <summary>Where its samples stand in the grower's order.</summary>
    public int Start => start;

    /// <summary>Training samples that came here.</summary>
    public int Samples => samples;

    public int Feature { get; private set; }

    /// <summary>The last bin that goes left; numbers only.</summary>
    public int Bin { get; private set; }

    /// <summary>Whether bin 0 goes left; numbers only.</summary>
    public bool MissingLeft { get; private set; }

    /// <summary>The bins that go left, in order; null for a number.</summary>
    public byte[]? Set { get; private set; }

    public GrownNode? Left { get; private set; }

    public GrownNode? Right { get; private set; }

    /// <summary>Sum of the weights of its samples.</summary>
    public double Weight { get; set; }

    /// <summary>What the leaf answers, one per output.</summary>
    public float[] Values { get; set; } = [];

    /// <summary>Per bin, whether it goes left; empty for a leaf.</summary>
    public bool[] IsLeft { get; private set; } = [];

    public void Become(Split split)
    {
        (Feature, Bin, MissingLeft, Set) = (split.Feature, split.Bin, split.MissingLeft, split.Set);
        IsLeft = new bool[256];
        if (Set is null)
        {
            IsLeft[0] = MissingLeft;
            IsLeft.AsSpan(1, Bin).Fill(true);
            return;
        }

        foreach (byte bin in Set)
        {
            IsLeft[bin] = true;
        }
    }

    public void SetChildren(GrownNode left, GrownNode right) => (Left, Right) = (left, right);
}
