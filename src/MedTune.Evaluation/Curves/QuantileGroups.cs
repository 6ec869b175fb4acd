namespace MedTune.Evaluation;

/// <summary>Cuts sorted rows into groups of about equal size; rows of equal probability stay together.</summary>
internal static class QuantileGroups
{
    /// <summary>Start (inclusive) and end (exclusive) of each group that has rows, ascending.</summary>
    /// <remarks>A run of equal probabilities goes where its middle falls, so doubling every row changes nothing.</remarks>
    public static List<(int Start, int End)> Of(BinarySample rows, int groups)
    {
        List<(int Start, int End)> found = [];
        int current = -1;
        for (int block = 0; block + 1 < rows.Blocks.Length; block++)
        {
            long start = rows.Blocks[block];
            long end = rows.Blocks[block + 1];
            int group = (int)(groups * (start + end) / (2L * rows.Count));
            if (group == current)
            {
                found[^1] = (found[^1].Start, (int)end);
            }
            else
            {
                found.Add(((int)start, (int)end));
                current = group;
            }
        }
        return found;
    }
}
