using System.Collections.Immutable;

namespace MedTune.Reports.Wording.Given;

/// <summary>What the evidence of a model of pictures says by itself.</summary>
internal static class PicturePhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("Occlusion", "遮挡法"),
        new("Nothing in the last feature map speaks for this class: the answer is what is left where nothing speaks against it.", "最后一层特征图中没有支持该类别的部分：答案只是无反对证据时剩下的选择。"),
        new("1 where the last feature map speaks most for the class, 0 where it does not or speaks against it.", "1 为最后一层特征图最支持该类别之处，0 为不支持或反对之处。"),
        new("1 where covering the picture with grey lowers the probability of the class most, by {0}; 0 where it does not.", "1 为用灰色遮盖后该类别概率下降最多之处（下降 {0}）；0 为不下降之处。"),
        new("Covering no place of the picture lowers the probability of this class.", "遮盖图像任何部位都不会降低该类别的概率。"),
        new("There is no Grad-CAM: the network has no last feature map whose places are places of the picture; occlusion shows what matters.", "无 Grad-CAM：该网络没有与图像位置对应的最后一层特征图；由遮挡法显示关键部位。"),
        new("{0}% of the range", "灰度范围的 {0}%"),
        new("{0}% of the side", "边长的 {0}%"),
        new("{0}% is left", "保留 {0}%"),
        new("quality {0}", "质量 {0}"),
        new("1 pixel for {0}", "1 像素代 {0}"),
        new("brightness of twelve places along the border", "沿边缘十二处的亮度"),
        new("width, height and their ratio", "宽、高及其比例"),
        new("grey or coloured", "灰度或彩色"),
        new("kind of file and depth of samples", "文件类型与采样深度"),
        new("where the picture was taken", "拍摄地点"),
        .. Changes,
    ];

    private static ImmutableArray<GivenPhrase> Changes =>
    [
        new("one of {0}, drawn for each picture; {1}", "每幅图像随机取以下之一：{0*}；{1*}"),
        new("one of {0}, drawn for each picture", "每幅图像随机取以下之一：{0*}"),
        new("mixing with another picture (not shown)", "与另一幅图像混合（未展示）"),
        new("affine", "仿射变换"),
        new("blur", "模糊"),
        new("brightness", "亮度变化"),
        new("contrast", "对比度变化"),
        new("cut-out", "局部遮挡"),
        new("elastic", "弹性形变"),
        new("gamma", "伽马变化"),
        new("flip-horizontal", "水平翻转"),
        new("flip-vertical", "垂直翻转"),
        new("jpeg", "JPEG 压缩"),
        new("noise", "噪声"),
        new("quarter-turn", "直角旋转"),
        new("crop", "裁剪"),
        new("resolution", "分辨率降低"),
        new("rotation", "旋转"),
        new("rotation-small", "小角度旋转"),
        new("rotation-full", "任意角度旋转"),
        new("saturation", "饱和度变化"),
    ];
}
