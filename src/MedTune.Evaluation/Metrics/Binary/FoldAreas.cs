namespace MedTune.Evaluation;

/// <summary>The area under the ROC curve within each fold.</summary>
internal static class FoldAreas
{
    /// <summary>One area per fold that holds both classes, in ascending order of the fold numbers.</summary>
    /// <param name="rows">A sample with folds.</param>
    /// <param name="weights">How often each row counts.</param>
    /// <param name="skipped">Folds that hold one class only.</param>
    public static double[] Of(BinarySample rows, ReadOnlySpan<int> weights, out int skipped)
    {
        int[] folds = rows.Folds!;
        int[] numbers = [.. folds.Distinct().Order()];
        long[] below = new long[numbers.Length];
        long[] positives = new long[numbers.Length];
        long[] twicePairs = new long[numbers.Length];
        long[] blockPositive = new long[numbers.Length];
        long[] blockNegative = new long[numbers.Length];
        for (int block = 0; block + 1 < rows.Blocks.Length; block++)
        {
            for (int i = rows.Blocks[block]; i < rows.Blocks[block + 1]; i++)
            {
                int fold = Array.BinarySearch(numbers, folds[i]);
                (rows.Targets[i] == 1 ? blockPositive : blockNegative)[fold] += weights[i];
            }
            for (int i = rows.Blocks[block]; i < rows.Blocks[block + 1]; i++)
            {
                // Each fold of the block is settled at its first row; its counts are 0 afterwards.
                int fold = Array.BinarySearch(numbers, folds[i]);
                twicePairs[fold] += blockPositive[fold] * ((2 * below[fold]) + blockNegative[fold]);
                positives[fold] += blockPositive[fold];
                below[fold] += blockNegative[fold];
                blockPositive[fold] = 0;
                blockNegative[fold] = 0;
            }
        }

        List<double> areas = [];
        for (int fold = 0; fold < numbers.Length; fold++)
        {
            if (positives[fold] > 0 && below[fold] > 0)
            {
                areas.Add(twicePairs[fold] / (2.0 * positives[fold] * below[fold]));
            }
        }
        skipped = numbers.Length - areas.Count;
        return [.. areas];
    }
}
