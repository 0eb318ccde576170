package taut.core.io;

import java.util.Base64;

/// Files that NumPy 2.4.6 wrote, as Base64.
final class NumpyFiles {
  /// `[[1.5, -2, inf], [nan, 0.1, -0.0]]` as `<f4`.
  static final String FLOAT32 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLC
      B9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAA
      wAAAgH8AAMB/zczMPQAAAIA=\
      """;

  /// The same with a header of version 2.
  static final String VERSION_2 =
      """
      k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMy
      ksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAA
      wAAAgH8AAMB/zczMPQAAAIA=\
      """;

  /// The same with a header of version 3.
  static final String VERSION_3 =
      """
      k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMy
      ksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAA
      wAAAgH8AAMB/zczMPQAAAIA=\
      """;

  /// `[0.1, -1e300, nan]`.
  static final String FLOAT64 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqamZmZmZm5
      P5x1AIg85Df+AAAAAAAA+H8=\
      """;

  /// `[[1], [-2147483648], [2147483647]]`.
  static final String INT32 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGk0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDEpLC
      B9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAAAAAA
      gP///38=\
      """;

  /// `[True, False, True]`.
  static final String BOOL =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAE=\
      """;

  /// `[-2147483648, 2147483647, 7]`.
  static final String INT64 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAACA////
      /////38AAAAABwAAAAAAAAA=\
      """;

  /// `[0, 127, 128, 255]`.
  static final String UINT8 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDQsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAf4D/\
      """;

  /// `[-128, -1, 127]`.
  static final String INT8 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnfGkxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqA/38=\
      """;

  /// `[-32768, -2, 32767]`.
  static final String INT16 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGkyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAgP7//38=\
      """;

  /// `[0, 1, 32768, 65535]`.
  static final String UINT16 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPHUyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDQsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAEAAID/
      /w==\
      """;

  /// `[258]` as `>u2`.
  static final String BIG_UINT16 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPnUyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAg==\
      """;

  /// `[1.5, -65504, 2**-24, inf]`.
  static final String FLOAT16 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDQsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPv/7AQAA
      fA==\
      """;

  /// `[1.5, -2]` as `>f4`.
  static final String BIG_FLOAT32 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/wAAAwAAA
      AA==\
      """;

  /// `[1, -3]` as `>i8`.
  static final String BIG_INT64 =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPmk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfS
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAA
      Af/////////9\
      """;

  /// `asfortranarray(arange(24).reshape(2, 3, 4))` as `<f4`.
  static final String COLUMN_MAJOR =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgNC
      ksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAABA
      QQAAgEAAAIBBAAAAQQAAoEEAAIA/AABQQQAAoEAAAIhBAAAQQQAAqEEAAABAAABgQQAAwEAAAJBBAAAgQQAAsEEAAE
      BAAABwQQAA4EAAAJhBAAAwQQAAuEE=\
      """;

  /// `array(2.5)`.
  static final String SCALAR =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gIC
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAE
      QA==\
      """;

  /// `zeros((2, 0, 3))` as `<f4`.
  static final String EMPTY =
      """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDAsID
      MpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo=\
      """;

  /// `savez(weight=array([[1, 2]], "<f4"), step=array(7, "<i8"))`.
  static final String ARCHIVE =
      """
      UEsDBC0AAAAAAAAAIQCxRkXq//////////8KABQAd2VpZ2h0Lm5weQEAEACIAAAAAAAAAIgAAAAAAAAAk05VTVBZAQ
      B2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIpLCB9ICAgICAg
      ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAQFBLAwQtAA
      AAAAAAACEAI7jwbP//////////CAAUAHN0ZXAubnB5AQAQAIgAAAAAAAAAiAAAAAAAAACTTlVNUFkBAHYAeydkZXNj
      cic6ICc8aTgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoKSwgfSAgICAgICAgICAgICAgICAgIC
      AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgcAAAAAAAAAUEsBAi0DLQAAAAAAAAAh
      ALFGReqIAAAAiAAAAAoAAAAAAAAAAAAAAIABAAAAAHdlaWdodC5ucHlQSwECLQMtAAAAAAAAACEAI7jwbIgAAACIAA
      AACAAAAAAAAAAAAAAAgAHEAAAAc3RlcC5ucHlQSwUGAAAAAAIAAgBuAAAAhgEAAAAA\
      """;

  /// The same by `savez_compressed`.
  static final String COMPRESSED =
      """
      UEsDBC0AAAAIAAAAIQCxRkXq//////////8KABQAd2VpZ2h0Lm5weQEAEACIAAAAAAAAAE4AAAAAAAAAm+wX6hsQyc
      hQxlCtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjoKRpo6CrUKZAMuBoYGewYG
      BgcAUEsDBC0AAAAIAAAAIQAjuPBs//////////8IABQAc3RlcC5ucHkBABAAiAAAAAAAAABGAAAAAAAAAJvsF+obEM
      nIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5Gpo6CrUKFAEudgYIAABQSwEC
      LQMtAAAACAAAACEAsUZF6k4AAACIAAAACgAAAAAAAAAAAAAAgAEAAAAAd2VpZ2h0Lm5weVBLAQItAy0AAAAIAAAAIQ
      AjuPBsRgAAAIgAAAAIAAAAAAAAAAAAAACAAYoAAABzdGVwLm5weVBLBQYAAAAAAgACAG4AAAAKAQAAAAA=\
      """;

  private NumpyFiles() {}

  /// Returns the bytes of a file.
  static byte[] bytes(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }
}
